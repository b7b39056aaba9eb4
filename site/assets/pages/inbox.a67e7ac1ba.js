import '../elements/app-frame.d290fc2c45.js';
import '../elements/unattached-list.e39b013b34.js';
