import '../elements/app-frame.6d1f977e50.js';
import '../elements/user-list.00978e6095.js';
