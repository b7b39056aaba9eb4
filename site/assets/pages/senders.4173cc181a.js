import '../elements/app-frame.d290fc2c45.js';
import '../elements/sender-list.aab553ab45.js';
