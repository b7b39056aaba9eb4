import '../elements/app-frame.d290fc2c45.js';
import '../elements/status-list.15aced017b.js';
