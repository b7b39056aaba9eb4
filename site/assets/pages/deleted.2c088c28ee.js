import '../elements/app-frame.e64f054fb8.js';
import '../elements/deletion-list.0f1017dc3c.js';
