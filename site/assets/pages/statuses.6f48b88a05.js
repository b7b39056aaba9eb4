import '../elements/app-frame.7c08ed4040.js';
import '../elements/status-list.50a88bd134.js';
