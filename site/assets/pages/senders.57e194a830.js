import '../elements/app-frame.75629a1284.js';
import '../elements/sender-list.60b914e884.js';
