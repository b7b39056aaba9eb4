import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/status-list.e241881eb8.js';
