import '../elements/app-frame.js';
import '../elements/sender-list.js';
