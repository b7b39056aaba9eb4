import '../elements/app-frame.75629a1284.js';
import '../elements/group-list.149ed7e151.js';
