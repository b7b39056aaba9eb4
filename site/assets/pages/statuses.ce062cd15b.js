import '../elements/app-frame.e64f054fb8.js';
import '../elements/status-list.a04ebb4c29.js';
