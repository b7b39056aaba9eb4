import '../elements/app-frame.e64f054fb8.js';
import '../elements/sender-list.ee3d4b02f8.js';
