import '../elements/app-frame.75629a1284.js';
import '../elements/user-list.5aab94d30b.js';
