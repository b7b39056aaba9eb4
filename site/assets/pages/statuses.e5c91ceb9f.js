import '../elements/app-frame.fe7b08cc20.js';
import '../elements/status-list.564bde705c.js';
