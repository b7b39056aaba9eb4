import '../elements/app-frame.75629a1284.js';
import '../elements/conflict-list.bba142c80a.js';
