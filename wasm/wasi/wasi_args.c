/* wasi_args.c: argc and argv without malloc. This replaces a function of the libc that would link
   its allocator, nine kilobytes, into every program. */
#include <stdlib.h>
#include <wasi/api.h>

enum { MAX_ARGUMENTS = 512, MAX_BYTES = 16384 };

int __main_argc_argv(int argc, char **argv);
int __main_void(void);

int __main_void(void)
{
    static char *argv[MAX_ARGUMENTS + 1];
    static uint8_t bytes[MAX_BYTES];
    __wasi_size_t argc = 0, size = 0;
    if (__wasi_args_sizes_get(&argc, &size) != __WASI_ERRNO_SUCCESS)
        argc = 0;
    if (argc > MAX_ARGUMENTS || size > MAX_BYTES) {
        static const char text[] = "rouse: more than 512 arguments, or 16384 bytes of them\n";
        __wasi_ciovec_t part = {(const uint8_t *)text, sizeof text - 1};
        (void)!__wasi_fd_write(2, &part, 1, &size);
        return EXIT_FAILURE;
    }
    if (argc && __wasi_args_get((uint8_t **)(void *)argv, bytes) != __WASI_ERRNO_SUCCESS)
        argc = 0;
    return __main_argc_argv((int)argc, argv);
}
