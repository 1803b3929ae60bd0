/* Waits for what nobody will do. */
#include <rouse/rouse.h>

ROUSE_MAIN(rouse_pending())
