import '../elements/app-frame.e64f054fb8.js';
import '../elements/unattached-list.0ee654df33.js';
