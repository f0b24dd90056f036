package io.sluice.testdata.record;

import static io.sluice.testdata.record.Opc3Client.first;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.PerformUpdateType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.CancelRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ObjectAttributes;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadAtTimeDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.UpdateDataDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/** Services that a line seldom sees, and that change more than a value: history, nodes and references, queries. */
final class OpcRareServicesPlay {
    private static final NodeId NEW = Opc3.named("Line3.New");

    private final Opc3Client client;

    OpcRareServicesPlay(Opc3Client client) {
        this.client = client;
    }

    void play() throws Exception {
        history();
        client.request("history update", () -> first(client.milo().historyUpdate(List.of(new UpdateDataDetails(
                Opc3.TEMPERATURE, PerformUpdateType.Replace, new DataValue[]{new DataValue(new Variant(70.0),
                        StatusCode.GOOD, DateTime.now())})))
                .getResults()).getStatusCode());
        client.request("history delete", () -> first(client.milo().historyUpdate(List.of(new DeleteRawModifiedDetails(
                Opc3.TEMPERATURE, false, DateTime.MIN_VALUE, DateTime.now()))).getResults()).getStatusCode());
        nodes();
        client.request("query", () -> client.milo().queryFirst(
                new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0)), List.of(),
                new ContentFilter(new ContentFilterElement[0]), uint(10), uint(10)));
        client.request("cancel", () -> client.milo()
                .sendRequest(new CancelRequest(
                        client.milo().newRequestHeader(client.milo().getSession().getAuthenticationToken()), uint(1)))
                .getResponseHeader().getServiceResult());
    }

    void history() throws Exception {
        List<HistoryReadValueId> temperature = List.of(new HistoryReadValueId(Opc3.TEMPERATURE, null,
                QualifiedName.NULL_VALUE, ByteString.NULL_VALUE));
        client.request("history read", () -> first(client.milo().historyRead(
                new ReadRawModifiedDetails(false, DateTime.MIN_VALUE, DateTime.now(), uint(0), false),
                TimestampsToReturn.Both, false, temperature).getResults()).getStatusCode());
        client.request("history read at a time", () -> first(client.milo().historyRead(
                new ReadAtTimeDetails(new DateTime[]{DateTime.now()}, false), TimestampsToReturn.Both, false,
                temperature).getResults()).getStatusCode());
    }

    private void nodes() throws Exception {
        ExtensionObject attributes = ExtensionObject.encode(client.milo().getStaticEncodingContext(),
                new ObjectAttributes(uint(0), LocalizedText.english("New"), LocalizedText.NULL_VALUE, uint(0), uint(0),
                        ubyte(0)));
        client.request("add node", () -> first(client.milo().addNodes(List.of(new AddNodesItem(Opc3.LINE.expanded(),
                NodeIds.HasComponent, NEW.expanded(), new QualifiedName(Opc3.NAMESPACE, "New"), NodeClass.Object,
                attributes, NodeIds.BaseObjectType.expanded()))).getResults()).getStatusCode());
        client.request("delete node",
                () -> first(client.milo().deleteNodes(List.of(new DeleteNodesItem(Opc3.RECIPE, true)))
                        .getResults()));
        client.request("add reference", () -> first(client.milo().addReferences(List.of(new AddReferencesItem(Opc3.LINE,
                NodeIds.Organizes, true, null, Opc3.RECIPE.expanded(), NodeClass.Variable))).getResults()));
        client.request("delete reference", () -> first(client.milo().deleteReferences(List.of(new DeleteReferencesItem(
                Opc3.LINE, NodeIds.HasComponent, true, Opc3.RECIPE.expanded(), true))).getResults()));
    }
}
