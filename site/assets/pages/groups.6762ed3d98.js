import '../elements/app-frame.fe7b08cc20.js';
import '../elements/group-list.e1ba5275f9.js';
