import '../elements/app-frame.3b58bbd22a.js';
import '../elements/group-list.8069517608.js';
