import '../elements/app-frame.js';
import '../elements/unattached-list.js';
