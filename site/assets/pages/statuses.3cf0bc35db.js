import '../elements/app-frame.d8d6302ff4.js';
import '../elements/status-list.0a61cc2c66.js';
