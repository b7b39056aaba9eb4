import '../elements/app-frame.fe7b08cc20.js';
import '../elements/unattached-list.24219e302e.js';
