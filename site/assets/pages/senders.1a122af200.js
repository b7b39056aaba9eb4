import '../elements/app-frame.75629a1284.js';
import '../elements/sender-list.b5cc713019.js';
