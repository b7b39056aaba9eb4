import '../elements/app-frame.js';
import '../elements/status-list.js';
