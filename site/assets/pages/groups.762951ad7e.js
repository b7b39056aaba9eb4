import '../elements/app-frame.87e0f528fd.js';
import '../elements/group-list.646ac0e365.js';
