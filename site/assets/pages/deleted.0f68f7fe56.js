import '../elements/app-frame.d8d6302ff4.js';
import '../elements/deletion-list.182236377b.js';
