import '../elements/app-frame.3b58bbd22a.js';
import '../elements/unattached-list.0ee654df33.js';
