import '../elements/app-frame.3b58bbd22a.js';
import '../elements/sender-list.2a665b5d83.js';
