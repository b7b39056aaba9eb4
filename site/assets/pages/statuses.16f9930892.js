import '../elements/app-frame.75629a1284.js';
import '../elements/status-list.8958d72d4c.js';
