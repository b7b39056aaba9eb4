import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/unattached-list.91e8fc5b26.js';
