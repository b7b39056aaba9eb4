import '../elements/app-frame.75629a1284.js';
import '../elements/group-list.646ac0e365.js';
