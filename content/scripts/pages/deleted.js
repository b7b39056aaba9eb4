import '../elements/app-frame.js';
import '../elements/deletion-list.js';
