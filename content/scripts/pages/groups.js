import '../elements/app-frame.js';
import '../elements/group-list.js';
