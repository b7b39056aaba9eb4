import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/group-list.4ebfb0e0a2.js';
