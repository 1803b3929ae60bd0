/* A file has one position. */
// needs: native malloc
// trap: a file is read and written at the same time: it has one position
#include <rouse/rouse.h>

int main(void)
{
    static struct rouse_runtime rt;
    static struct rouse_file file;
    (void)rouse_runtime_init(&rt, NULL);
    struct rouse_file_open open = rouse_file_open(&file, "/proc/self/exe", ROUSE_OPEN_READ);
    (void)rouse_block_on(&rt, &open.future);
    struct rouse_context cx = {.waker = rouse_waker_noop(), .runtime = &rt};
    char byte;
    struct rouse_read read = rouse_read(&file.reader, &byte, 1);
    struct rouse_write write = rouse_write(&file.writer, &byte, 1);
    /* Begun, and not asked for yet: what the first poll of a read leaves behind while it waits. */
    while (rouse_poll(&read.future, &cx).status == ROUSE_OK)
        read = rouse_read(&file.reader, &byte, 1);
    (void)rouse_poll(&write.future, &cx);
    return 0;
}
