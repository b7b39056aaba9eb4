import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/sender-list.199d93285f.js';
