import '../elements/app-frame.fe7b08cc20.js';
import '../elements/conflict-list.39c364175b.js';
