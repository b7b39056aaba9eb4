import '../elements/app-frame.e64f054fb8.js';
import '../elements/group-list.a9b1127139.js';
