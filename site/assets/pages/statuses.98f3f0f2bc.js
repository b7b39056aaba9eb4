import '../elements/app-frame.87e0f528fd.js';
import '../elements/status-list.8958d72d4c.js';
