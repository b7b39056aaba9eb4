import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/conflict-list.e0d54888a5.js';
