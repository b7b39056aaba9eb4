import '../elements/app-frame.3b58bbd22a.js';
import '../elements/status-list.ed966eaed2.js';
