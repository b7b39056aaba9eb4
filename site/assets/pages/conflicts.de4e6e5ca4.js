import '../elements/app-frame.75629a1284.js';
import '../elements/conflict-list.e718fb4919.js';
