import '../elements/app-frame.e89bc4a050.js';
import '../elements/group-list.8d47142472.js';
