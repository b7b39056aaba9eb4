import '../elements/app-frame.3b58bbd22a.js';
import '../elements/user-list.96651e24ee.js';
