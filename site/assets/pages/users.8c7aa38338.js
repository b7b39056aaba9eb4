import '../elements/app-frame.e89bc4a050.js';
import '../elements/user-list.00978e6095.js';
