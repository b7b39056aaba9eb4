import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/user-list.aa044a94ee.js';
