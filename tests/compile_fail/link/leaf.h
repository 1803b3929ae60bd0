/* A leaf in an object of its own, which may be compiled as another variant than the rest. */
#include <rouse/rouse.h>

struct leaf {
    struct rouse_future future;
    struct rouse_waker waker;
    bool asked;
};
ROUSE_LAZY struct leaf leaf(void);
