namespace PublicationGate.Imaging;

/// <summary>One libvips operation: name it, set its arguments, run it. Scalars and enumerations are given in libvips' own spelling.</summary>
internal struct VipsOperation
{
    private readonly string name;
    private nint handle;

    private VipsOperation(string name)
    {
        _ = LibVips.Version;
        this.name = name;
        handle = LibVips.vips_operation_new(name);
        if (handle == 0)
        {
            throw new VipsException(LibVips.TakeError());
        }
    }

    /// <summary>An operation by its nickname, such as <c>jpegload_buffer</c>.</summary>
    public static VipsOperation Named(string name) => new(name);

    /// <summary>Sets a number, flag or enumeration.</summary>
    public readonly VipsOperation With(string argument, string value)
    {
        if (LibVips.vips_object_set_argument_from_string(handle, argument, value) != 0)
        {
            throw Failure();
        }

        return this;
    }

    /// <summary>Sets an input image.</summary>
    public readonly VipsOperation With(string argument, VipsImage image)
    {
        var value = new LibVips.GValue();
        LibVips.g_value_init(ref value, LibVips.vips_image_get_type());
        LibVips.g_value_set_object(ref value, image.DangerousGetHandle());
        Set(argument, ref value);
        return this;
    }

    /// <summary>Sets encoded bytes. They are read lazily: they must stay where they are as long as the result is in use.</summary>
    public readonly VipsOperation With(string argument, nint data, int length)
    {
        var value = new LibVips.GValue();
        LibVips.g_value_init(ref value, LibVips.vips_blob_get_type());
        LibVips.vips_value_set_blob(ref value, 0, data, (nuint)length);
        Set(argument, ref value);
        return this;
    }

    /// <summary>Runs an operation that writes a file.</summary>
    /// <exception cref="VipsException">libvips refused.</exception>
    public void RunWithoutOutput()
    {
        Build();
        Release();
    }

    /// <summary>Runs the operation and takes its image output.</summary>
    /// <exception cref="VipsException">libvips refused.</exception>
    public VipsImage Run()
    {
        Build();
        var value = new LibVips.GValue();
        LibVips.g_value_init(ref value, LibVips.vips_image_get_type());
        LibVips.g_object_get_property(handle, "out", ref value);
        var output = LibVips.g_value_dup_object(ref value);
        LibVips.g_value_unset(ref value);
        Release();
        return new VipsImage(output);
    }

    /// <summary>Runs an operation that encodes into memory, and takes its bytes.</summary>
    /// <exception cref="VipsException">libvips refused.</exception>
    public unsafe byte[] RunToBytes()
    {
        Build();
        var value = new LibVips.GValue();
        LibVips.g_value_init(ref value, LibVips.vips_blob_get_type());
        LibVips.g_object_get_property(handle, "buffer", ref value);
        var start = LibVips.vips_blob_get(LibVips.g_value_get_boxed(ref value), out var length);
        var bytes = new ReadOnlySpan<byte>((void*)start, checked((int)length)).ToArray();
        LibVips.g_value_unset(ref value);
        Release();
        return bytes;
    }

    private void Build()
    {
        if (LibVips.vips_cache_operation_buildp(ref handle) != 0)
        {
            throw Failure();
        }
    }

    private readonly void Set(string argument, ref LibVips.GValue value)
    {
        LibVips.g_object_set_property(handle, argument, ref value);
        LibVips.g_value_unset(ref value);
    }

    private readonly VipsException Failure()
    {
        Release();
        return new VipsException($"{name}: {LibVips.TakeError()}");
    }

    private readonly void Release()
    {
        LibVips.vips_object_unref_outputs(handle);
        LibVips.g_object_unref(handle);
    }
}
