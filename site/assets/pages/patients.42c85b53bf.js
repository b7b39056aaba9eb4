import '../elements/app-frame.fe7b08cc20.js';
import '../elements/patient-list.29b5a06bb3.js';
import '../elements/unattached-list.24219e302e.js';
