import '../elements/app-frame.3b58bbd22a.js';
import '../elements/import-list.a0b2380d30.js';
import '../elements/import-page.36bf7fdbfa.js';
