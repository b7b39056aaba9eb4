import '../elements/app-frame.6d1f977e50.js';
import '../elements/unattached-list.37667e8b6e.js';
