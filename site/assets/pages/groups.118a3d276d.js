import '../elements/app-frame.d290fc2c45.js';
import '../elements/group-list.1f126568b6.js';
