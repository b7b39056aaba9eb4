import '../elements/app-frame.js';
import '../elements/conflict-list.js';
