import '../elements/app-frame.e64f054fb8.js';
import '../elements/conflict-list.365e707b20.js';
