using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace PublicationGate.Faces;

/// <summary>
/// Input tensors that are used again. The shared array pool keeps one for each thread that ever ran, some 16 MB apiece; here there are
/// never more than runs at once.
/// </summary>
internal sealed class TensorPool : IDisposable
{
    private readonly ConcurrentBag<Tensor> free = [];

    /// <summary>A tensor of <paramref name="length"/> floats, with whatever it held before; give it back to <see cref="Return"/>.</summary>
    public Tensor Rent(int length)
    {
        var tensor = free.TryTake(out var used) ? used : new Tensor();
        tensor.Resize(length);
        return tensor;
    }

    /// <summary>Takes a tensor back.</summary>
    public void Return(Tensor tensor) => free.Add(tensor);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (free.TryTake(out var tensor))
        {
            tensor.Dispose();
        }
    }

    /// <summary>Floats outside the managed heap, aligned for vector instructions.</summary>
    internal sealed unsafe class Tensor : SafeHandle
    {
        private int capacity;

        public Tensor()
            : base(0, ownsHandle: true)
        {
        }

        /// <summary>Number of floats in use.</summary>
        public int Length { get; private set; }

        /// <summary>The floats, valid until the tensor is given back.</summary>
        public Span<float> Floats => new((void*)handle, Length);

        /// <summary>Address of the first float.</summary>
        public nint Address => handle;

        public override bool IsInvalid => handle == 0;

        public void Resize(int length)
        {
            if (length > capacity)
            {
                NativeMemory.AlignedFree((void*)handle);
                SetHandle((nint)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64));
                capacity = length;
            }

            Length = length;
        }

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            return true;
        }
    }
}
