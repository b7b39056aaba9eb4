import '../elements/app-frame.6d1f977e50.js';
import '../elements/group-list.8d47142472.js';
